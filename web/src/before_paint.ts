/** Runs before anything is painted, so that the theme that was chosen does not follow on the other one. */
import { chosenTheme, showTheme } from "./theme";

showTheme(chosenTheme());
