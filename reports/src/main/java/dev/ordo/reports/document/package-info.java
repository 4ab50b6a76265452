/** Reports of a study: HTML, Markdown, CSV, JSON and plain text out of one object. */
package dev.ordo.reports.document;
