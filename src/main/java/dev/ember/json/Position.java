package dev.ember.json;

/**
 * A position in a body, as an editor shows it. Line and column start at 1. Columns count Unicode characters, not bytes.
 * LF, CR and CR LF end a line.
 */
record Position(int line, int column) {

    /** @param offset the offset of a byte; all bytes before it must be valid UTF-8 */
    static Position of(byte[] bytes, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            boolean endsLine = bytes[i] == '\n' || bytes[i] == '\r' && !(i + 1 < offset && bytes[i + 1] == '\n');
            if (endsLine) {
                line++;
                column = 1;
            } else if ((bytes[i] & 0xC0) != 0x80) { // Continuation bytes do not start a character.
                column++;
            }
        }
        return new Position(line, column);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
