/** Convolutions have four dimensions; onnxruntime itself stops at eight. */
export const maxRank = 8;
