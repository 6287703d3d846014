// SPDX-License-Identifier: Apache-2.0

package journal

// Limit sets how many bytes the file of j may have.
func Limit(j *Journal, bytes int) { j.limit = bytes }
