import "./command_box.css";
import { element, setText } from "./dom";

const kSayForMs = 2000;

/** A command as it can be pasted into a shell, and a button that copies it. */
export function commandBox(command: string): HTMLElement {
  const text = element("code", {}, command);
  const label = element("span", { "aria-live": "polite" }, "Copy");
  const button = element("button", { type: "button" }, label, element("span", { class: "unseen" }, ` ${command}`));
  button.addEventListener("click", async () => {
    const isCopied = await copy(command);
    if (!isCopied) getSelection()?.selectAllChildren(text); // the person copies
    setText(label, isCopied ? "Copied" : "Selected");
    setTimeout(() => setText(label, "Copy"), kSayForMs);
  });
  return element("div", { class: "command" }, text, button);
}

/** False where the browser does not let a page write the clipboard. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
