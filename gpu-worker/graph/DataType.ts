/** Element types that graphs use. Networks compute in float32; int64 holds indices. */
export type DataType = "float32" | "float16" | "int64" | "int32" | "bool" | "int8";

/** TensorProto.DataType of the ONNX schema. */
export const onnxDataType: Readonly<Record<DataType, number>> = {
  float32: 1,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
};

export const bytesPerElement: Readonly<Record<DataType, number>> = {
  float32: 4,
  float16: 2,
  int64: 8,
  int8: 1,
  int32: 4,
  bool: 1,
};
