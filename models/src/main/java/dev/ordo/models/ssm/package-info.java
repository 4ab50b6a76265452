/** State-space models: diagonal S4 and Mamba. */
package dev.ordo.models.ssm;
