/** Result files in, series of measurements out: reading, units, and the choice of the size. */
package dev.ordo.reports.data;
