import { count, measure, type Measured } from "./measure.ts";

/** `npm run facts:score`: how many operations of the sample the facts are right about; each that they are not, with its source. */

const measured = measure();
console.log(
  "| service | drawn | right | unknown | wrong | of what is needed in some cases |\n| --- | --- | --- | --- | --- | --- |",
);
for (const one of measured) console.log(line(one.sample.service, [one]));
console.log(line("all", measured));

for (const { sample, judged = [] } of measured) {
  for (const { row, verdict, reasons } of judged) {
    if (verdict === "right") continue;
    console.log(`\n${verdict}: ${sample.service} ${row.operation}`);
    for (const reason of reasons) console.log(`  ${reason}`);
    for (const { source, place, sentence } of row.citations)
      console.log(`  ${sample.sources[source]!.name}, ${place}: ${sentence}`);
  }
}

function line(name: string, of: readonly Measured[]): string {
  const judged = of.flatMap((one) => one.judged ?? []);
  if (judged.length === 0) return `| ${name} | ${of[0]!.sample.rows.length} | no facts yet | | | |`;
  const share = (verdict: Parameters<typeof count>[1]) => {
    const found = count(of, verdict);
    return `${found} (${((100 * found) / judged.length).toFixed(1)} %)`;
  };
  const cases = judged.reduce((sum, { row }) => sum + (row.inSomeCases?.length ?? 0), 0);
  const named = judged.reduce((sum, one) => sum + one.named, 0);
  const columns = [judged.length, share("right"), share("unknown"), share("wrong"), `${named} of ${cases} named`];
  return `| ${name} | ${columns.join(" | ")} |`;
}
