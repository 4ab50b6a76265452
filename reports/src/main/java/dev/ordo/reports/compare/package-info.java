/**
 * Results and series beside each other: by how much they differ, from where, and how sure that is.
 */
package dev.ordo.reports.compare;
