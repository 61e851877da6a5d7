import { EmendError } from "../../src/errors/EmendError.ts";

/**
 * Does something for one of several instructions; its errors say for which.
 * @throws EmendError
 */
export async function numbered<T>(i: number, of: number, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (of === 1 || !(error instanceof EmendError) || error.code === "cancelled") throw error;
    throw new EmendError(error.code, `instruction ${i + 1}: ${error.message}`, { cause: error });
  }
}
