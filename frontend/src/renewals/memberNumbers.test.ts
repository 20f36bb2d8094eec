import { describe, expect, it } from "vitest";
import { memberNumbers, records } from "./memberNumbers";

describe("member numbers", () => {
  it("come from the good rows only", async () => {
    const file = new Blob(["\ufeffName;Medlemsnr\r\nÅsa;A-1\r\nBo;A-2\r\n\"C;c\";A-3\r\n"]);
    const checked = { encoding: "utf-8", delimiter: ";", problems: [{ row: 3 }] };
    expect(await memberNumbers(file, checked)).toEqual(["A-1", "A-3"]);
  });

  it("reads quoted cells with line breaks and quotes", () => {
    expect(records('a,"b ""c""\nd",e\r\nf', ",")).toEqual([["a", 'b "c"\nd', "e"], ["f"]]);
  });
});
