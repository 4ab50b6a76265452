/** Numbers and names as people read them, the same in every chart, page and terminal. */
package dev.ordo.reports.text;
