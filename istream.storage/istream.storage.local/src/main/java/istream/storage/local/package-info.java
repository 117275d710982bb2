/** Footage on a local disk; see docs/design/local-storage.md. */
package istream.storage.local;
