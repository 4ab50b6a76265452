package dev.ordo.onnx;

/** What an input of a model is filled with. */
enum Role {
  /** The ids of tokens. */
  TOKENS,
  /** A row of numbers for each position, drawn by the token there. */
  FEATURES,
  /** Ones: every position counts. */
  MASK,
  /** The number of each position. */
  POSITIONS,
  /** Zeros: there is one segment. */
  SEGMENTS,
  /** Whether there is a past. */
  SWITCH,
  /** What an output left of the positions before. */
  STATE
}
