/** Models in ONNX's format, run by ONNX Runtime. */
package dev.ordo.onnx;
