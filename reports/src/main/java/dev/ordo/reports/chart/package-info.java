/** Charts of a study: plain data objects that can draw themselves as SVG and PNG. */
package dev.ordo.reports.chart;
