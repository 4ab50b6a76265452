/** Two samples beside each other: by which factor they differ, and how sure that is. */
package dev.ordo.reports.compare;
