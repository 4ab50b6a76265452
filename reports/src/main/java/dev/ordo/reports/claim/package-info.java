/** What a study claims about each of its subjects, as one table: the answer before all else. */
package dev.ordo.reports.claim;
