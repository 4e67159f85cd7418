using System.Collections.Immutable;
using System.Text.Json;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Operations.Waf;

/// <summary>Sends the requests of files to the real engine with a service's rules, and says what is not as expected.</summary>
public static class WafTestRun
{
    /// <summary>The request files in a folder and below, in order.</summary>
    public static ImmutableArray<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>Reads request files.</summary>
    /// <param name="files">Their paths.</param>
    /// <param name="root">Where names of files in messages begin.</param>
    /// <exception cref="DescriptorException">Something is wrong with one; holds all that is with the first such.</exception>
    public static ImmutableArray<WafTest> Read(IEnumerable<string> files, string root)
    {
        var tests = ImmutableArray.CreateBuilder<WafTest>();
        foreach (var file in files)
        {
            using var text = File.OpenText(file);
            tests.AddRange(WafTestReader.Read(text, Path.GetRelativePath(root, file)));
        }

        return tests.ToImmutable();
    }

    /// <summary>Runs tests, one after another.</summary>
    /// <param name="service">The service.</param>
    /// <param name="settings">How the engine is set up.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="InvalidOperationException">There is no engine, or it refuses the rules.</exception>
    public static async Task<ImmutableArray<WafResult>> RunAsync(WafService service, WafEngineSettings settings, IEnumerable<WafTest> tests, CancellationToken cancellationToken)
    {
        await using var engine = await WafEngine.StartAsync(service, settings, cancellationToken);
        var results = ImmutableArray.CreateBuilder<WafResult>();
        foreach (var test in tests)
        {
            var answers = ImmutableArray.CreateBuilder<WafAnswer>();
            var unmet = ImmutableArray.CreateBuilder<string>();
            foreach (var stage in test.Stages)
            {
                var answer = await engine.AskAsync(stage.Request, cancellationToken);
                answers.Add(answer);
                unmet.AddRange(stage.Expectation.Unmet(answer).Select(found => $"{test.File}:{stage.Line}: {found}"));
            }

            results.Add(new(test, answers.ToImmutable(), unmet.ToImmutable()));
        }

        return results.ToImmutable();
    }

    /// <summary>Results for programs: one object with the service and a list of tests.</summary>
    public static string ToJson(WafService service, IReadOnlyCollection<WafResult> results)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("service", service.Name);
            writer.WriteBoolean("ok", results.All(result => result.Passed));
            writer.WriteStartArray("tests");
            foreach (var result in results)
            {
                writer.WriteStartObject();
                writer.WriteString("file", result.Test.File);
                writer.WriteString("title", result.Test.Title);
                writer.WriteBoolean("passed", result.Passed);
                List(writer, "status", result.Answers.Select(answer => answer.Status), (json, status) => { if (status is { } code) { json.WriteNumberValue(code); } else { json.WriteNullValue(); } });
                List(writer, "rules", result.Answers.SelectMany(answer => answer.Rules).Distinct(), (json, rule) => json.WriteNumberValue(rule));
                List(writer, "unmet", result.Unmet, (json, unmet) => json.WriteStringValue(unmet));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void List<T>(Utf8JsonWriter writer, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            write(writer, value);
        }

        writer.WriteEndArray();
    }
}
