/**
 * Builds of revisions of a project: each in a git worktree of its own, which is taken away again.
 */
package dev.ordo.harness.revision;
