/** Small generated files for people to send. */

import { crc32, deflateSync } from 'node:zlib';

export interface Made {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export function text(name: string, content: string): Made {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
}

/** A PNG of one colour, with a frame that shows its edges. */
export function picture(name: string, width: number, height: number, [red, green, blue]: [number, number, number]): Made {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isFrame = x < 8 || y < 8 || x >= width - 8 || y >= height - 8;
      const shade = isFrame ? 0.6 : 0.8 + (0.2 * x) / width;
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows.set([red * shade, green * shade, blue * shade], at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const buffer = Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
  return { name, mimeType: 'image/png', buffer };
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed) >>> 0, typed.length + 4);
  return framed;
}

/** Some seconds of a tone, as WAV. */
export function sound(name: string, seconds: number): Made {
  const rate = 8000;
  const samples = Buffer.alloc(rate * seconds);
  for (let at = 0; at < samples.length; at++) samples[at] = 128 + Math.round(60 * Math.sin((at * 2 * Math.PI * 440) / rate));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return { name, mimeType: 'audio/wav', buffer: Buffer.concat([header, samples]) };
}
