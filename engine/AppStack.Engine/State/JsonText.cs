using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AppStack.Engine.State;

/// <summary>
/// Writes JSON exactly as the genuine CLI does: no HTML escaping, Go's number format, and either compact or indented by four spaces.
/// The framework's writer escapes more characters and formats large numbers differently, so files would differ in bytes.
/// </summary>
internal sealed class JsonText(bool indented = false)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private bool _first = true;
    private bool _afterName;
    private int _depth;

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        _first = true;
        _afterName = false;
        _depth = 0;
    }

    public void BeginObject() => Open((byte)'{');

    public void EndObject() => Close((byte)'}');

    public void BeginArray() => Open((byte)'[');

    public void EndArray() => Close((byte)']');

    public void Name(string name)
    {
        Separate();
        Quoted(name);
        Raw(indented ? ": "u8 : ":"u8);
        _afterName = true;
    }

    /// <summary>Writes a member that is text.</summary>
    public void Member(string name, string value)
    {
        Name(name);
        String(value);
    }

    /// <summary>Writes a member that is a flag.</summary>
    public void Member(string name, bool value)
    {
        Name(name);
        Bool(value);
    }

    /// <summary>Writes a member that is text, unless there is none: Pulumi leaves out what is empty.</summary>
    public void Optional(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Member(name, value);
        }
    }

    /// <summary>Writes a member that is a list of texts, unless it is empty.</summary>
    public void Optional(string name, ImmutableArray<string> values)
    {
        if (values.Length > 0)
        {
            Name(name);
            Strings(values);
        }
    }

    /// <summary>Writes a list of texts.</summary>
    public void Strings(ImmutableArray<string> values)
    {
        BeginArray();
        foreach (var value in values)
        {
            String(value);
        }

        EndArray();
    }

    public void String(string value)
    {
        Separate();
        Quoted(value);
    }

    public void Bool(bool value)
    {
        Separate();
        Raw(value ? "true"u8 : "false"u8);
    }

    public void Null()
    {
        Separate();
        Raw("null"u8);
    }

    public void Number(double value)
    {
        Separate();
        if (value is > -1e15 and < 1e15 && Math.Truncate(value) == value && !(value == 0 && double.IsNegative(value)))
        {
            Integer((long)value);
            return;
        }

        RawText(FormatNumber(value));
    }

    /// <summary>Writes text that is JSON already.</summary>
    public void Verbatim(string json)
    {
        Separate();
        RawText(json);
    }

    /// <summary>Ends a line; what follows is a JSON text of its own.</summary>
    public void NewLine()
    {
        Raw("\n"u8);
        _first = true;
    }

    public override string ToString() => Encoding.UTF8.GetString(_buffer.WrittenSpan);

    // Shortest digits that read back as the same double; fixed notation between 1e-6 and 1e21, else an exponent without padding.
    private static string FormatNumber(double value)
    {
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0" : "0";
        }

        var magnitude = Math.Abs(value);
        var (negative, digits, exponent) = Digits(value.ToString("R", CultureInfo.InvariantCulture));
        var text = new StringBuilder();
        if (negative)
        {
            text.Append('-');
        }

        if (magnitude is < 1e-6 or >= 1e21)
        {
            text.Append(digits[0]);
            if (digits.Length > 1)
            {
                text.Append('.').Append(digits, 1, digits.Length - 1);
            }

            var power = exponent - 1;
            return text.Append('e').Append(power < 0 ? '-' : '+').Append(Math.Abs(power).ToString(power < 0 ? "0" : "00", CultureInfo.InvariantCulture)).ToString();
        }

        if (exponent <= 0)
        {
            return text.Append("0.").Append('0', -exponent).Append(digits).ToString();
        }

        if (exponent >= digits.Length)
        {
            return text.Append(digits).Append('0', exponent - digits.Length).ToString();
        }

        return text.Append(digits, 0, exponent).Append('.').Append(digits, exponent, digits.Length - exponent).ToString();
    }

    // The significant digits and the position of the decimal point relative to their start.
    private static (bool Negative, string Digits, int Exponent) Digits(string number)
    {
        var negative = number[0] == '-';
        var body = negative ? number[1..] : number;
        var power = 0;
        var e = body.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            power = int.Parse(body.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            body = body[..e];
        }

        var point = body.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? body : body[..point];
        var fraction = point < 0 ? "" : body[(point + 1)..];
        var all = whole + fraction;
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        return (negative, digits.Length == 0 ? "0" : digits, whole.Length + power - leading);
    }

    private void Integer(long value)
    {
        var span = _buffer.GetSpan(24);
        System.Buffers.Text.Utf8Formatter.TryFormat(value, span, out var written);
        _buffer.Advance(written);
    }

    private void Open(byte bracket)
    {
        Separate();
        _buffer.GetSpan(1)[0] = bracket;
        _buffer.Advance(1);
        _first = true;
        _depth++;
    }

    private void Close(byte bracket)
    {
        _depth--;
        if (!_first)
        {
            Break();
        }

        _buffer.GetSpan(1)[0] = bracket;
        _buffer.Advance(1);
        _first = false;
    }

    private void Separate()
    {
        if (_afterName)
        {
            _afterName = false;
            return;
        }

        if (!_first)
        {
            Raw(","u8);
        }

        if (_depth > 0)
        {
            Break();
        }

        _first = false;
    }

    private void Break()
    {
        if (!indented)
        {
            return;
        }

        var width = 1 + (4 * _depth);
        var span = _buffer.GetSpan(width)[..width];
        span.Fill((byte)' ');
        span[0] = (byte)'\n';
        _buffer.Advance(width);
    }

    private void Quoted(string value)
    {
        var span = _buffer.GetSpan((value.Length * 6) + 2);
        span[0] = (byte)'"';
        var length = 1;
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (character >= ' ' && character != '"' && character != '\\' && character is not ('\u2028' or '\u2029'))
            {
                continue;
            }

            length += Encoding.UTF8.GetBytes(value.AsSpan(start, i - start), span[length..]);
            length += Escape(character, span[length..]);
            start = i + 1;
        }

        length += Encoding.UTF8.GetBytes(value.AsSpan(start), span[length..]);
        span[length] = (byte)'"';
        _buffer.Advance(length + 1);
    }

    private static int Escape(char character, Span<byte> target)
    {
        target[0] = (byte)'\\';
        var shorthand = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        if (shorthand != '\0')
        {
            target[1] = (byte)shorthand;
            return 2;
        }

        target[1] = (byte)'u';
        for (var i = 0; i < 4; i++)
        {
            target[2 + i] = (byte)"0123456789abcdef"[(character >> (12 - (4 * i))) & 0xf];
        }

        return 6;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.GetSpan(bytes.Length));
        _buffer.Advance(bytes.Length);
    }

    private void RawText(string text)
    {
        var span = _buffer.GetSpan(text.Length * 3);
        _buffer.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
