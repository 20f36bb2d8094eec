import { expect, it } from "vitest";
import { csv } from "./csv";

it("is opened by a Swedish or French spreadsheet as it is meant", () => {
  expect(csv([["Namn", "Belopp"], ["Åsa; Öberg", { decimal: "-12.50" }]], "sv")).toBe(
    '\ufeffNamn;Belopp\r\n"Åsa; Öberg";-12,50\r\n',
  );
});

it("never hands a formula to the spreadsheet, and leaves negative amounts alone", () => {
  expect(csv([["=cmd()", "@a", '+"x"', { decimal: "-1.00" }]], "en")).toBe("\ufeff'=cmd(),'@a,\"'+\"\"x\"\"\",-1.00\r\n");
});
