using System.Collections.Immutable;
using System.Text.Json;
using AppStack.Engine.State;

namespace AppStack.Engine.Backend;

/// <summary>A stack's history and backups, in the places and form of the genuine CLI.</summary>
internal sealed class HistoryStore(IStateFiles files, BackendLayout layout, string stack)
{
    private const string EntryEnding = ".history.json";

    /// <summary>Writes an entry, a copy of the checkpoint with it, and a backup.</summary>
    public void Add(HistoryEntry entry, TimeProvider time, bool backups)
    {
        var now = Timestamps.UnixNanoseconds(time.GetUtcNow());
        var path = Path.Combine(layout.History(stack), $"{stack}-{now}");
        files.Replace(path + EntryEnding, Format(entry), durable: false);
        if (layout.CompressionOf(stack, files) is not { } compression)
        {
            return;
        }

        var checkpoint = layout.Checkpoint(stack, compression);
        files.Copy(checkpoint, $"{path}.checkpoint.json{compression.Ending}");
        if (backups)
        {
            files.Copy(checkpoint, Path.Combine(layout.Backups(stack), $"{stack}.{now}.json{compression.Ending}"));
        }
    }

    /// <summary>All entries, newest first.</summary>
    public ImmutableArray<HistoryEntry> Read() =>
    [
        .. files.Files(layout.History(stack))
            .Where(path => path.EndsWith(EntryEnding, StringComparison.Ordinal))
            .Reverse()
            .Select(path => files.Read(path) is { } bytes ? Parse(bytes, path) : null)
            .OfType<HistoryEntry>(),
    ];

    private static ReadOnlySpan<byte> Format(HistoryEntry entry)
    {
        var json = new JsonText();
        json.BeginObject();
        json.Name("kind");
        json.String(entry.Kind);
        json.Name("startTime");
        json.Number(entry.Started.ToUnixTimeSeconds());
        json.Name("message");
        json.String(entry.Message);
        json.Name("environment");
        json.BeginObject();
        foreach (var (name, value) in entry.Environment)
        {
            json.Name(name);
            json.String(value);
        }

        json.EndObject();
        json.Name("config");
        json.Verbatim(entry.Config);
        json.Name("version");
        json.Number(0);
        json.Name("result");
        json.String(entry.Result);
        json.Name("endTime");
        json.Number(entry.Ended.ToUnixTimeSeconds());
        if (entry.ResourceChanges.Count > 0)
        {
            json.Name("resourceChanges");
            json.BeginObject();
            foreach (var (name, count) in entry.ResourceChanges)
            {
                json.Name(name);
                json.Number(count);
            }

            json.EndObject();
        }

        json.EndObject();
        return json.Written.Span;
    }

    private static HistoryEntry Parse(byte[] bytes, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return new HistoryEntry
            {
                Kind = root.GetProperty("kind").GetString() ?? "",
                Started = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("startTime").GetInt64()),
                Ended = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("endTime").GetInt64()),
                Message = root.GetProperty("message").GetString() ?? "",
                Result = root.GetProperty("result").GetString() ?? "",
                Environment = root.TryGetProperty("environment", out var environment) && environment.ValueKind == JsonValueKind.Object
                    ? environment.EnumerateObject().ToImmutableSortedDictionary(member => member.Name, member => member.Value.GetString() ?? "", StringComparer.Ordinal)
                    : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
                ResourceChanges = root.TryGetProperty("resourceChanges", out var changes) && changes.ValueKind == JsonValueKind.Object
                    ? changes.EnumerateObject().ToImmutableSortedDictionary(member => member.Name, member => member.Value.GetInt32(), StringComparer.Ordinal)
                    : ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal),
                Config = root.TryGetProperty("config", out var config) ? config.GetRawText() : "{}",
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StateFormatException($"{path} cannot be read as a history entry: {exception.Message} Move it away.", exception);
        }
    }
}
