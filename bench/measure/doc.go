// SPDX-License-Identifier: Apache-2.0

// Package measure runs cases, each in a process of its own, so that its peak memory is its
// own and a crash, a timeout or a lack of memory is a row of the report and not its end.
//
// A parent starts the program that it is, with a Spec on standard input; the child writes
// messages, one per line, to standard output. A case is measured cold, once, in a process
// in which nothing of the kind ran before, and then warm, over and over.
package measure
