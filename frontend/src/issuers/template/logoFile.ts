/** A picture somebody has, as a logo can be: photographs and large pictures become a PNG of a size that prints well. */

// Printed at 70 mm by 20 mm at most: 300 dots an inch need 830 by 240.
const WIDEST = 1_200;
const HIGHEST = 600;
const LARGEST = 512 * 1024;

export const LOGO_FILES = ".png,.svg,.jpg,.jpeg,.webp,image/png,image/svg+xml,image/jpeg,image/webp";

/** What to upload. Whatever cannot be redrawn here goes as it is: the server says what is wrong with it. */
export async function preparedLogo(file: File): Promise<Blob> {
  if (file.type === "image/svg+xml") return file;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return file;
  }
  const { width, height } = fitting(picture.width, picture.height);
  if (file.type === "image/png" && width === picture.width && file.size <= LARGEST) return file;
  // A photograph is large as PNG: it is drawn smaller until it fits.
  let made: Blob | null = null;
  for (let share = 1; share > 0.2 && (made === null || made.size > LARGEST); share *= 0.7) made = await drawn(picture, width * share, height * share);
  picture.close();
  return made ?? file;
}

function drawn(picture: ImageBitmap, width: number, height: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** The same shape, no larger than can be seen in print. */
export function fitting(width: number, height: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
