import { readFileSync } from "node:fs";
import protobuf from "protobufjs";

/** ModelProto of the ONNX schema. `onnx.proto` is the file of the onnx package 1.23 (Apache-2.0), unchanged. */
export const modelProto: protobuf.Type = protobuf
  .parse(readFileSync(new URL("./onnx.proto", import.meta.url), "utf8"))
  .root.lookupType("onnx.ModelProto");
