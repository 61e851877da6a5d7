import { existsSync } from "node:fs";
import { join } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { repository } from "../../repository.ts";

/**
 * The Python that trains.
 * @param named by the command's flag @param what may be left out, as an error calls it @param flag that leaves it out
 * @throws EmendError `not_found`
 */
export function trainingPython(named: string | undefined, what: string, flag = "--only"): string {
  const python = named ?? join(repository, "training", ".venv", "bin", "python");
  if (existsSync(python)) return python;
  const hint = `see training/README.md, name another with --python, or leave ${what} out with ${flag}`;
  throw new EmendError("not_found", `${python} is not there: ${hint}.`);
}
