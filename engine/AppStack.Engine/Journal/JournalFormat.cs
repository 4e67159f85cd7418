using System.Collections.Immutable;
using System.Text.Json;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Journal;

/// <summary>
/// The journal on disk: one JSON object per line. First the header, then entries, at last (after a complete run) a line with the hash of
/// the checkpoint that replaces the journal. A last line that is torn is ignored: nothing that it announced has started.
/// </summary>
internal sealed class JournalFormat(ISecretCodec codec)
{
    private readonly ResourceJson _resources = new(codec);
    private readonly JsonText _json = new();

    public static ReadOnlyMemory<byte> Header(JournalHeader header)
    {
        var json = new JsonText();
        json.BeginObject();
        json.Name("journal");
        json.Number(header.Format);
        json.Member("base", header.BaseHash);
        json.Member("kind", header.Kind);
        json.Member("started", header.Started);
        json.EndObject();
        json.NewLine();
        return json.Written;
    }

    /// <summary>The closing line. It begins with a line break of its own: the last entry may be torn.</summary>
    public static ReadOnlyMemory<byte> Closing(string checkpointHash)
    {
        var json = new JsonText();
        json.NewLine();
        json.BeginObject();
        json.Member("closed", checkpointHash);
        json.EndObject();
        json.NewLine();
        return json.Written;
    }

    /// <summary>The line of one entry; the memory is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Line(JournalEntry entry)
    {
        _json.Clear();
        _json.BeginObject();
        if (entry.End is { } end)
        {
            _json.Name(end.Known ? "end" : "lost");
            _json.Number(end.Operation);
        }

        States("set", entry.Set);
        Numbers("drop", entry.Drop);
        Numbers("keep", entry.Keep);
        States("put", entry.Put);
        if (entry.Renamed.Length > 0)
        {
            _json.Name("renamed");
            _json.BeginObject();
            foreach (var (from, to) in entry.Renamed)
            {
                _json.Member(from, to);
            }

            _json.EndObject();
        }

        if (entry.Begin is { } begin)
        {
            _json.Name("begin");
            _json.Number(begin.Operation);
            _json.Member("type", PendingOperationKinds.Name(begin.Kind));
            _json.Name("resource");
            _resources.Write(_json, begin.Resource);
        }

        _json.EndObject();
        _json.NewLine();
        return _json.Written;
    }

    /// <summary>Reads a journal as far as it is whole.</summary>
    public (JournalHeader? Header, ImmutableArray<JournalEntry> Entries, string? ClosedHash) Read(ReadOnlySpan<byte> bytes)
    {
        JournalHeader? header = null;
        string? closed = null;
        var torn = false;
        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = bytes[..end];
            bytes = bytes[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            try
            {
                var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 256 });
                reader.Read();
                ResourceJson.Expect(ref reader, JsonTokenType.StartObject);
                if (header is null)
                {
                    header = ReadHeader(ref reader);
                    continue;
                }

                if (ReadEntry(ref reader, ref closed) is { } entry && !torn)
                {
                    entries.Add(entry);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // Torn by a crash of the machine: entries after it were never acknowledged either. A closing line is: it was written by
                // whoever folded what is whole.
                if (header is null)
                {
                    break;
                }

                torn = true;
            }
        }

        return (header, entries.DrainToImmutable(), closed);
    }

    private static JournalHeader ReadHeader(ref Utf8JsonReader reader)
    {
        var header = new JournalHeader(0, "", "", "");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            header = name switch
            {
                "journal" => header with { Format = reader.GetInt32() },
                "base" => header with { BaseHash = reader.GetString() ?? "" },
                "kind" => header with { Kind = reader.GetString() ?? "" },
                "started" => header with { Started = reader.GetString() ?? "" },
                _ => throw new StateFormatException($"The journal's header holds the unknown member '{name}'."),
            };
        }

        return header.Format == JournalHeader.CurrentFormat
            ? header
            : throw new StateFormatException($"The journal has format {header.Format}; this engine reads {JournalHeader.CurrentFormat}. Use the version that wrote it.");
    }

    private static ImmutableArray<int> ReadNumbers(ref Utf8JsonReader reader)
    {
        ResourceJson.Expect(ref reader, JsonTokenType.StartArray);
        var numbers = ImmutableArray.CreateBuilder<int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.GetInt32());
        }

        return numbers.DrainToImmutable();
    }

    private void Numbers(string name, ImmutableArray<int> numbers)
    {
        if (numbers.Length == 0)
        {
            return;
        }

        _json.Name(name);
        _json.BeginArray();
        foreach (var number in numbers)
        {
            _json.Number(number);
        }

        _json.EndArray();
    }

    private void States(string name, ImmutableArray<JournalEntry.NumberedState> states)
    {
        if (states.Length == 0)
        {
            return;
        }

        _json.Name(name);
        _json.BeginArray();
        foreach (var (number, state) in states)
        {
            _json.BeginObject();
            _json.Name("number");
            _json.Number(number);
            _json.Name("resource");
            _resources.Write(_json, state);
            _json.EndObject();
        }

        _json.EndArray();
    }

    private JournalEntry? ReadEntry(ref Utf8JsonReader reader, ref string? closed)
    {
        var entry = new JournalEntry();
        var begin = -1;
        var kind = PendingOperationKind.Creating;
        ResourceState? resource = null;
        var isEntry = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "closed": closed = reader.GetString(); isEntry = false; break;
                case "end": entry = entry with { End = new(reader.GetInt32(), Known: true) }; break;
                case "lost": entry = entry with { End = new(reader.GetInt32(), Known: false) }; break;
                case "set": entry = entry with { Set = ReadStates(ref reader) }; break;
                case "drop": entry = entry with { Drop = ReadNumbers(ref reader) }; break;
                case "keep": entry = entry with { Keep = ReadNumbers(ref reader) }; break;
                case "put": entry = entry with { Put = ReadStates(ref reader) }; break;
                case "renamed": entry = entry with { Renamed = ReadRenamed(ref reader) }; break;
                case "begin": begin = reader.GetInt32(); break;
                case "type": kind = PendingOperationKinds.Parse(reader.GetString() ?? ""); break;
                case "resource": resource = _resources.Read(ref reader); break;
                default: throw new StateFormatException($"The journal holds the unknown member '{name}'.");
            }
        }

        if (!isEntry)
        {
            return null;
        }

        return resource is null ? entry : entry with { Begin = new(begin, kind, resource) };
    }

    private ImmutableArray<JournalEntry.NumberedState> ReadStates(ref Utf8JsonReader reader)
    {
        ResourceJson.Expect(ref reader, JsonTokenType.StartArray);
        var states = ImmutableArray.CreateBuilder<JournalEntry.NumberedState>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ResourceJson.Expect(ref reader, JsonTokenType.StartObject);
            var number = -1;
            ResourceState? state = null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                if (reader.ValueTextEquals("number"u8))
                {
                    reader.Read();
                    number = reader.GetInt32();
                }
                else
                {
                    reader.Read();
                    state = _resources.Read(ref reader);
                }
            }

            states.Add(new(number, state ?? throw new StateFormatException("The journal holds a change without resource.")));
        }

        return states.DrainToImmutable();
    }

    private static ImmutableArray<JournalEntry.Renaming> ReadRenamed(ref Utf8JsonReader reader)
    {
        ResourceJson.Expect(ref reader, JsonTokenType.StartObject);
        var renamed = ImmutableArray.CreateBuilder<JournalEntry.Renaming>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var from = reader.GetString()!;
            reader.Read();
            renamed.Add(new(from, reader.GetString()!));
        }

        return renamed.DrainToImmutable();
    }
}
