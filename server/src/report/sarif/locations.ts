import type { ArtifactLocation, Location, PhysicalLocation, Region, Run } from "sarif";
import type { Place } from "../../model/place.ts";
import type { Locations } from "../locations.ts";
import { plainText } from "./text.ts";

/** The workspace root. Files are stated relative to it, and no machine's folders show. */
const ROOT = "SRCROOT";
const WORKING_DIRECTORY = "WORKINGDIR";

/** Turns places into those of SARIF: addresses relative to a named folder, lines and columns from 1. */
export class SarifLocations {
  readonly #locations: Locations;
  readonly #root: string;

  /** `locations`: relative to the workspace root. `root`: that root relative to the working directory, `.` if they are one. */
  constructor(locations: Locations, root: string) {
    this.#locations = locations;
    this.#root = root;
  }

  /** What the names of folders stand for. SARIF wants no `..` in addresses of files, so the root has the name. */
  bases(): NonNullable<Run["originalUriBaseIds"]> {
    const directory = { description: { text: "The working directory of the run." } };
    if (this.#root === ".") return { [ROOT]: directory };
    return { [ROOT]: { uri: `${address(this.#root)}/`, uriBaseId: WORKING_DIRECTORY }, [WORKING_DIRECTORY]: directory };
  }

  file(file: string): ArtifactLocation {
    return { uri: address(file), uriBaseId: ROOT };
  }

  region(place: Place): Region {
    const { start, end } = this.#locations.of(place).range;
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  }

  physical(place: Place): PhysicalLocation {
    return { artifactLocation: this.file(place.file), region: this.region(place) };
  }

  /** A place and what is to be said of it. */
  of(place: Place, message: string): Location {
    return { physicalLocation: this.physical(place), message: { text: plainText(message) } };
  }
}

function address(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
