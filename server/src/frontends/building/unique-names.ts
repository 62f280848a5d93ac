/** Names already given; a repeated one carries `#2`, `#3`. */
export class UniqueNames {
  private readonly counts = new Map<string, number>();

  take(wanted: string): string {
    const count = this.counts.get(wanted);
    if (count === undefined) {
      this.counts.set(wanted, 1);
      return wanted;
    }
    let n = count + 1;
    while (this.counts.has(`${wanted}#${n}`)) n++;
    this.counts.set(wanted, n);
    this.counts.set(`${wanted}#${n}`, 1);
    return `${wanted}#${n}`;
  }
}
