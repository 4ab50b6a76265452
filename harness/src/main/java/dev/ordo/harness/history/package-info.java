/** The store of a history: one small file a run, in a folder that lives in a git branch. */
package dev.ordo.harness.history;
