// SPDX-License-Identifier: Apache-2.0
/** Footage on an SFTP server. */
package istream.storage.sftp;
