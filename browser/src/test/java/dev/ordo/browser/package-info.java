/** The page of a report in a real browser, used as a reader uses it. */
package dev.ordo.browser;
