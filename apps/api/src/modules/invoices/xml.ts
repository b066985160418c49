import { ParseOption, XmlDocument, type XmlElement, XmlXPath } from 'libxml2-wasm';
import { DomainError } from '../../common/errors.js';

/**
 * The guarded door for XML that strangers send. Nothing here fetches, expands or resolves anything: a document type
 * definition is refused before the parser sees it, so entities cannot exist.
 */

/** Larger than any real invoice without attachments by far. */
export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;

/** UBL invoices nest about ten levels; extensions some more. */
const MAX_DEPTH = 64;

/** Encodings whose mark-up characters are those of ASCII, so that what is scanned is what is parsed. */
const ENCODINGS = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252']);

const TOO_DEEP = XmlXPath.compile(`boolean(${'/*'.repeat(MAX_DEPTH + 1)})`);

/**
 * Parses bytes as XML, hands the root to `read` and frees the tree. Errors: DOCUMENT_TOO_LARGE, XML_MALFORMED (also for
 * encodings that could hide mark-up), XML_FORBIDDEN for any document type definition, XML_TOO_DEEP.
 */
export function withXml<T>(bytes: Uint8Array, read: (root: XmlElement) => T): T {
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) {
    throw new DomainError('DOCUMENT_TOO_LARGE', { bytes: bytes.byteLength, allowed: MAX_DOCUMENT_BYTES });
  }
  const text = decode(bytes);
  // Without a byte order mark the parser would take these for UTF-16, and read other mark-up than the scan below.
  if (text.includes('\0')) throw new DomainError('XML_MALFORMED', { reason: 'null character' });
  refuseDocumentType(text);
  const document = parse(text);
  try {
    if (document.dtd !== null) throw new DomainError('XML_FORBIDDEN', {});
    if (document.eval(TOO_DEEP) === true) throw new DomainError('XML_TOO_DEEP', { allowed: MAX_DEPTH });
    return read(document.root);
  } finally {
    document.dispose();
  }
}

/** Bytes to text by byte order mark or XML declaration; what is not valid in that encoding is malformed. */
function decode(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('XML_MALFORMED', { reason: `not valid ${encoding}` });
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(
    head,
  )?.[1];
  const encoding = (declared ?? 'utf-8').toLowerCase();
  if (!ENCODINGS.has(encoding)) throw new DomainError('XML_MALFORMED', { reason: 'encoding', encoding });
  return encoding;
}

/**
 * Walks the prolog: white space, comments and processing instructions may stand before the root element, and a document
 * type definition is allowed nowhere else. Linear in the length of the prolog.
 */
function refuseDocumentType(text: string): void {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
    if (text.startsWith('<!DOCTYPE', at)) throw new DomainError('XML_FORBIDDEN', {});
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined;
    if (end === undefined) break;
    const found = text.indexOf(end, at + 2);
    if (found < 0) throw new DomainError('XML_MALFORMED', { reason: 'unfinished prolog' });
    at = found + end.length;
  }
  if (text[at] !== '<') throw new DomainError('XML_MALFORMED', { reason: 'no element' });
}

/**
 * The text is parsed as UTF-8 without its declaration: it has been decoded already, so a declaration that names another
 * encoding must not make the parser read it differently from the scan above.
 */
function parse(text: string): XmlDocument {
  const bare = text.replace(/^\ufeff?(<\?xml\s[^>]*?\?>)?/, '');
  try {
    return XmlDocument.fromString(bare, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NOCDATA,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/depth/i.test(message)) throw new DomainError('XML_TOO_DEEP', { allowed: MAX_DEPTH });
    throw new DomainError('XML_MALFORMED', { reason: message.trim().slice(0, 200) });
  }
}
