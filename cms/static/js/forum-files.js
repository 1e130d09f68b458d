// Pictures and files: chosen, dropped or pasted. Each is looked at by the server, and then stands in the text.
export class Files {
  constructor({ form, text, writing, said, send, tell }) {
    Object.assign(this, { form, text, writing, said, send, tell });
    this.field = form.querySelector("input[type=file]");
    if (!this.field) return;
    this.field.addEventListener("change", () => {
      if (form.dataset.scripted !== undefined) this.take([...this.field.files]).then(() => (this.field.value = ""));
    });
    text.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      // A passage copied from a text processor comes with a picture of itself.
      if (!files.length || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      this.take(files);
    });
    text.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    text.addEventListener("drop", (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!files.length) return;
      event.preventDefault();
      this.take(files);
    });
  }

  choose() {
    this.field?.click();
  }

  async take(files) {
    const wrong = [];
    for (const file of files) {
      this.tell(`${this.said.sayUploading} ${file.name}`);
      const body = new FormData();
      body.append("file", file);
      try {
        const answer = await this.send(this.said.filesUrl, body);
        if (answer.status === 401) return this.tell(this.said.sayLoggedOut, "warning");
        const found = await answer.json();
        if (answer.ok) this.put(found.text);
        else wrong.push(found.said);
      } catch {
        wrong.push(`${file.name}: ${this.said.sayFailed}`);
      }
    }
    return this.tell(wrong.join(" "), wrong.length ? "warning" : "");
  }

  put(words) {
    const before = this.text.value.slice(0, this.text.selectionEnd);
    this.text.setSelectionRange(before.length, before.length);
    const apart = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    this.writing.insert(`${apart}${words}\n\n`);
  }
}
