/** Deletes the oldest footage; see docs/design/retention.md. */
package istream.retention;
