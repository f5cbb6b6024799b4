/** The place on the x axis that the pointer is at, for all charts of a view; null for none. */
export class Hover {
  private place: number | null = null;
  private readonly listeners = new Set<() => void>();

  get x(): number | null {
    return this.place;
  }

  set(x: number | null): void {
    if (x !== this.place) {
      this.place = x;
      this.listeners.forEach((listener) => listener());
    }
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
