/**
 * Recurrent networks, and the session that they share with other models whose state does not grow
 * with the sequence.
 */
package dev.ordo.models.recurrent;
