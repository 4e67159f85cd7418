using System.Text.Json;

namespace AppStack.Lab.Tests.Platform;

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(string Arguments, int ExitCode, string Stdout, string Stderr)
{
    /// <summary>All that it said.</summary>
    public string Output => Stdout + Stderr;

    /// <summary>The JSON object that it printed.</summary>
    public JsonElement Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Stdout);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            Assert.Fail($"`appstack {Arguments}` (exit code {ExitCode}) printed no JSON object:\n{Output}");
            throw;
        }
    }

    /// <summary>The report that a drill printed; the test fails when the drill was not done to its end.</summary>
    public JsonElement DrillReport()
    {
        var report = Json();
        Assert.False(report.TryGetProperty("error", out _), Output);
        return report;
    }

    /// <summary>This result, if the command succeeded; otherwise the test fails with all that it said.</summary>
    public CommandResult EnsureSuccess() => EnsureExitCode(0);

    /// <summary>This result, if the command ended with that exit code; otherwise the test fails with all that it said.</summary>
    public CommandResult EnsureExitCode(int expected)
    {
        Assert.True(ExitCode == expected, $"`appstack {Arguments}` ended with exit code {ExitCode}, expected {expected}:\n{Output}");
        return this;
    }

    /// <summary>The operation of each step that changed something, by the resource's name, from <c>up --json</c>.</summary>
    public IReadOnlyDictionary<string, string> ChangedResources() => Events("resourcePreEvent")
        .Select(found => found.GetProperty("metadata"))
        .Where(metadata => metadata.GetProperty("op").GetString() is not "same")
        .GroupBy(metadata => metadata.GetProperty("urn").GetString()!.Split("::")[^1], metadata => metadata.GetProperty("op").GetString()!, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);

    private IEnumerable<JsonElement> Events(string kind) => Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(found => found.TryGetProperty(kind, out _))
        .Select(found => found.GetProperty(kind));
}
