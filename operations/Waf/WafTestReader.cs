using System.Collections.Immutable;
using System.Globalization;
using AppStack.Stacks.Environments.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AppStack.Operations.Waf;

/// <summary>
/// Reads request files in the format of CRS' own regression tests (version 3): <c>meta</c> and <c>tests</c>, each with <c>stages</c> in either layout,
/// <c>- stage: {input, output}</c> or <c>- {input, output}</c>. Where a request would go (<c>dest_addr</c>, <c>port</c>, <c>protocol</c>) is read and not
/// used: it goes to the engine that the command starts.
/// </summary>
public sealed class WafTestReader
{
    private static readonly ImmutableArray<string> InputKeys =
        ["dest_addr", "port", "protocol", "method", "uri", "version", "headers", "data", "stop_magic", "save_cookie", "encoded_request", "raw_request"];

    private static readonly ImmutableArray<string> OutputKeys = ["status", "log_contains", "no_log_contains", "expect_error", "response_contains"];

    private readonly string _file;
    private readonly List<DescriptorProblem> _problems = [];

    private WafTestReader(string file) => _file = file;

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">How messages name it.</param>
    /// <returns>Its tests; none when <c>meta</c> says that it is not enabled.</returns>
    /// <exception cref="DescriptorException">Something is wrong with it; holds all that is.</exception>
    public static ImmutableArray<WafTest> Read(TextReader text, string file)
    {
        var reader = new WafTestReader(file);
        var tests = reader.Read(text);
        return reader._problems.Count == 0 ? tests : throw new DescriptorException(file, [.. reader._problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private ImmutableArray<WafTest> Read(TextReader text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
        }
        catch (YamlException exception)
        {
            _problems.Add(new(_file, (int)exception.Start.Line, (int)exception.Start.Column, "", $"this is not YAML: {exception.Message}", ""));
            return [];
        }

        if (stream.Documents.Count == 0)
        {
            _problems.Add(new(_file, 1, 1, "", "the file is empty", "meta and tests, as in CRS' own regression tests"));
            return [];
        }

        var root = Mapping(stream.Documents[0].RootNode, "");
        if (Get(root, "meta") is YamlMappingNode meta && Text(Get(meta, "enabled")) == "false")
        {
            return [];
        }

        var tests = List(Get(root, "tests"), root, "tests");
        return [.. tests.Select((test, index) => Test(test, $"tests[{index}]"))];
    }

    private WafTest Test(YamlNode node, string path)
    {
        var test = Mapping(node, path);
        var title = Text(Get(test, "test_title")) ?? Text(Get(test, "test_id"));
        if (title is null)
        {
            Add(node, path, "the test has no test_title", "test_title: what it shows");
        }

        var stages = List(Get(test, "stages"), node, $"{path}.stages");
        return new(_file, title ?? "", [.. stages.Select((stage, index) => Stage(stage, $"{path}.stages[{index}]"))]);
    }

    private WafStage Stage(YamlNode node, string path)
    {
        var stage = Mapping(node, path);
        if (Get(stage, "stage") is { } inner)
        {
            (stage, path) = (Mapping(inner, $"{path}.stage"), $"{path}.stage");
        }

        var input = Mapping(Get(stage, "input") ?? Missing(node, $"{path}.input"), $"{path}.input");
        var output = Mapping(Get(stage, "output") ?? Missing(node, $"{path}.output"), $"{path}.output");
        Known(input, $"{path}.input", InputKeys);
        Known(output, $"{path}.output", OutputKeys);
        return new(Request(input, $"{path}.input"), Expectation(output, $"{path}.output"), (int)node.Start.Line);
    }

    private WafRequest Request(YamlMappingNode input, string path)
    {
        var defaults = new WafRequest();
        var encoded = Get(input, "encoded_request");
        return new()
        {
            Method = Text(Get(input, "method")) ?? defaults.Method,
            Uri = Text(Get(input, "uri")) ?? defaults.Uri,
            Version = Text(Get(input, "version")) ?? defaults.Version,
            Headers = Get(input, "headers") is YamlMappingNode headers ? [.. headers.Children.Select(pair => KeyValuePair.Create(Text(pair.Key) ?? "", Text(pair.Value) ?? ""))] : [],
            Data = Get(input, "data") is YamlSequenceNode lines ? string.Join("\r\n", lines.Children.Select(Text)) : Text(Get(input, "data")) ?? "",
            StopMagic = Text(Get(input, "stop_magic"))?.ToLowerInvariant() is "true",
            Raw = encoded is not null ? Bytes(encoded, $"{path}.encoded_request") : Text(Get(input, "raw_request")) is { } raw ? [.. System.Text.Encoding.UTF8.GetBytes(raw)] : null,
        };
    }

    private WafExpectation Expectation(YamlMappingNode output, string path)
    {
        if (output.Children.Count == 0)
        {
            Add(output, path, "nothing is expected", "status, log_contains, no_log_contains or expect_error");
        }

        return new()
        {
            Status = Get(output, "status") switch
            {
                null => [],
                YamlSequenceNode codes => [.. codes.Children.Select(code => Status(code, $"{path}.status"))],
                var code => [Status(code, $"{path}.status")],
            },
            LogContains = Pattern(Get(output, "log_contains"), $"{path}.log_contains"),
            NoLogContains = Pattern(Get(output, "no_log_contains"), $"{path}.no_log_contains"),
            ResponseContains = Pattern(Get(output, "response_contains"), $"{path}.response_contains"),
            ExpectError = Text(Get(output, "expect_error"))?.ToLowerInvariant() is "true",
        };
    }

    private int Status(YamlNode node, string path)
    {
        if (int.TryParse(Text(node), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 100 and <= 599)
        {
            return code;
        }

        Add(node, path, $"'{node}' is not a status", "100 to 599, or a list of them");
        return 0;
    }

    private string? Pattern(YamlNode? node, string path)
    {
        if (Text(node) is not { } pattern)
        {
            return null;
        }

        try
        {
            _ = new System.Text.RegularExpressions.Regex(pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException exception)
        {
            Add(node!, path, $"'{pattern}' is not a regular expression", exception.Message);
        }

        return pattern;
    }

    private ImmutableArray<byte>? Bytes(YamlNode node, string path)
    {
        try
        {
            return [.. Convert.FromBase64String(Text(node) ?? "")];
        }
        catch (FormatException)
        {
            Add(node, path, "is not base64", "the whole request in base64");
            return null;
        }
    }

    private YamlMappingNode Mapping(YamlNode node, string path)
    {
        if (node is YamlMappingNode mapping)
        {
            return mapping;
        }

        Add(node, path, "something else stands where an object belongs");
        return [];
    }

    private IEnumerable<YamlNode> List(YamlNode? node, YamlNode around, string path)
    {
        if (node is YamlSequenceNode { Children.Count: > 0 } list)
        {
            return list.Children;
        }

        Add(node ?? around, path, "the list is missing or empty");
        return [];
    }

    private YamlMappingNode Missing(YamlNode node, string path)
    {
        Add(node, path, "is missing");
        return [];
    }

    private void Known(YamlMappingNode mapping, string path, ImmutableArray<string> keys)
    {
        foreach (var key in mapping.Children.Keys.Where(key => !keys.Contains(Text(key) ?? "")))
        {
            Add(key, $"{path}.{key}", $"the key '{key}' is not known here", $"known keys: {string.Join(", ", keys)}");
        }
    }

    private static YamlNode? Get(YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;

    private void Add(YamlNode node, string path, string wrong, string right = "") =>
        _problems.Add(new(_file, Math.Max(1, (int)node.Start.Line), Math.Max(1, (int)node.Start.Column), path, wrong, right));
}
