import protobuf from "protobufjs";
import { badModel } from "../../checkpoint/badModel.ts";

/** What T5 needs of a SentencePiece model. */
export interface SentencePieceModel {
  /** By id. `isSpecial`: no text becomes it by being cut into pieces. */
  readonly pieces: readonly { readonly piece: string; readonly score: number; readonly isSpecial: boolean }[];
  readonly unknown: number;
  /** The rules of normalisation as the tokenizers library takes them, base64; undefined when there are none. */
  readonly charsmap: string | undefined;
}

/** The fields that are read of sentencepiece_model.proto (Apache-2.0). */
const schema = protobuf
  .parse(`
    syntax = "proto2";
    message Piece { optional string piece = 1; optional float score = 2; optional int32 type = 3 [default = 1]; }
    message Trainer { optional int32 model_type = 3 [default = 1]; }
    message Normalizer { optional bytes precompiled_charsmap = 2; }
    message Model { repeated Piece pieces = 1; optional Trainer trainer_spec = 2; optional Normalizer normalizer_spec = 3; }
  `)
  .root.lookupType("Model");

const [unigram, normal, unknown] = [1, 1, 2];
/** The largest vocabulary in use has 250 thousand. */
const maxPieces = 1_000_000;

interface Decoded {
  readonly pieces: readonly { readonly piece: string; readonly score: number; readonly type: number }[];
  readonly trainerSpec?: { readonly modelType: number } | null;
  readonly normalizerSpec?: { readonly precompiledCharsmap: Uint8Array } | null;
}

/**
 * Reads a SentencePiece model of the Unigram kind (spiece.model).
 * @param label how messages name the file
 * @throws EmendError `bad_model`
 */
export function parseSentencePiece(label: string, bytes: Uint8Array): SentencePieceModel {
  const { pieces, trainerSpec, normalizerSpec } = decode(label, bytes);
  if (pieces.length === 0 || pieces.length > maxPieces) throw badModel(label, `has ${pieces.length} pieces`);
  if (trainerSpec && trainerSpec.modelType !== unigram) throw badModel(label, "is no Unigram model, as T5's are");
  const unknownId = pieces.findIndex(({ type }) => type === unknown);
  if (unknownId < 0) throw badModel(label, "has no piece for what is unknown");
  if (pieces.some(({ score }) => !Number.isFinite(score))) throw badModel(label, "has a score that is no number");
  const charsmap = normalizerSpec?.precompiledCharsmap;
  return {
    pieces: pieces.map(({ piece, score, type }) => ({ piece, score, isSpecial: type !== normal })),
    unknown: unknownId,
    charsmap: charsmap?.length ? Buffer.from(charsmap).toString("base64") : undefined,
  };
}

function decode(label: string, bytes: Uint8Array): Decoded {
  try {
    return schema.decode(bytes) as unknown as Decoded;
  } catch (error) {
    throw badModel(label, "is not a SentencePiece model; download it again", error);
  }
}
