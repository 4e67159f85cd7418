using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>Finds what is wrong with a service's rules before an engine reads them. Paths of problems are relative to the <see cref="WafSpec"/>.</summary>
public static partial class WafValidator
{
    /// <summary>One critical finding; a threshold below it refuses requests for what CRS calls a notice (2) or a warning (3).</summary>
    private const int Critical = 5;

    private const int HighestThreshold = 1000;

    // Every rule has one of them: excluding them excludes everything.
    private static readonly ImmutableArray<string> TagsOfAll = ["application-multi", "language-multi", "platform-multi", "OWASP_CRS"];

    // What rules look at, and what can be left out of it by name.
    private static readonly ImmutableArray<string> Named = ["ARGS", "ARGS_GET", "ARGS_POST", "REQUEST_COOKIES", "REQUEST_HEADERS", "FILES", "MULTIPART_PART_HEADERS"];
    private static readonly ImmutableArray<string> Whole =
        ["ARGS_NAMES", "ARGS_GET_NAMES", "REQUEST_COOKIES_NAMES", "REQUEST_HEADERS_NAMES", "FILES_NAMES", "REQUEST_BODY", "REQUEST_FILENAME", "REQUEST_BASENAME", "REQUEST_URI", "REQUEST_URI_RAW", "REQUEST_LINE", "QUERY_STRING", "RESPONSE_BODY"];

    /// <summary>Checks a service's rules.</summary>
    /// <param name="service">The service.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(WafService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var spec = service.Spec;
        var problems = new NetworkProblems();
        problems.AddIf(!ServiceName().IsMatch(service.Name), "", $"'{service.Name}' is not the name of a service; use lower-case letters, digits and hyphens, starting with a letter");
        problems.AddIf(!TeamName().IsMatch(service.Team), "", $"'{service.Team}' is not the name of a team; use letters, digits and ._:/-");
        problems.AddIf(service.BodyBytes is < 1 or > int.MaxValue, "", $"a body of {service.BodyBytes} bytes is no limit that the engine knows; use 1 to {int.MaxValue}");
        Levels(problems, spec);
        Lists(problems, spec);
        Limits(problems, spec);
        Paths(problems, spec);
        Parameters(problems, spec);
        for (var i = 0; i < spec.Exclusions.Length; i++)
        {
            Exclusion(problems, $"exclusions[{i}]", spec.Exclusions[i]);
        }

        for (var i = 0; i < spec.RateLimits.Length; i++)
        {
            RateLimit(problems, $"rateLimits[{i}]", spec.RateLimits[i]);
        }

        var rules = SecLangCompiler.RulesOf(spec);
        problems.AddIf(rules > SecLangCompiler.MostRules, "exclusions", $"{rules} rules of paths, parameters and exclusions do not fit into the service's range of ids; use at most {SecLangCompiler.MostRules}");
        return problems.All;
    }

    /// <summary>Finds services that share a range of rule ids.</summary>
    /// <param name="services">All services of an environment.</param>
    /// <returns>A problem for each service but the first of a range; its path is the service's name.</returns>
    public static IReadOnlyList<SpecProblem> ValidateRanges(IEnumerable<WafService> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return [.. from range in services.GroupBy(RuleIdRange.Of)
            let names = range.OrderBy(service => service.Name, StringComparer.Ordinal).ToList()
            from service in names.Skip(1)
            select new SpecProblem(service.Name, $"its rule ids {range.Key.First} to {range.Key.Last} are those of {names[0].Name}; give it another slot, 0 to {RuleIdRange.Slots - 1}, e.g. {(range.Key.Slot + 1) % RuleIdRange.Slots}")];
    }

    /// <summary>Finds what is allowed but unwise.</summary>
    /// <param name="service">The service, in which nothing is wrong.</param>
    /// <returns>All warnings; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Warnings(WafService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var spec = service.Spec;
        var warnings = new NetworkProblems();
        warnings.AddIf(spec.Mode == WafMode.Off, "mode", "requests are not looked at at all; detect would at least log");
        warnings.AddIf(spec.InboundThreshold > 2 * Critical, "inboundThreshold", $"{spec.InboundThreshold} lets requests pass in which {(spec.InboundThreshold - 1) / Critical} critical findings are");
        var level = spec.DetectionParanoia ?? spec.Paranoia;
        for (var i = 0; i < spec.Exclusions.Length; i++)
        {
            var (path, exclusion) = ($"exclusions[{i}]", spec.Exclusions[i]);
            var rules = exclusion.Rule is { } id ? [CrsCatalogue.Rules[id]] : CrsCatalogue.WithTag(exclusion.Tag!);
            warnings.AddIf(exclusion is { Target: null, Path: null }, path, "switches the rule off for the whole service; a path or a target makes it narrower");
            warnings.AddIf(exclusion is { Tag: not null, Target: null, Path: not null }, path, $"switches {rules.Length} rules off on this path; a target makes it narrower");
            warnings.AddIf(exclusion is { Target: { } target } && !target.Contains(':', StringComparison.Ordinal) && Named.Contains(target), $"{path}.target", $"{exclusion.Target} is all of them; {exclusion.Target}:NAME is one");
            warnings.AddIf(exclusion.Path is "/*", $"{path}.path", "is the whole service");
            warnings.AddIf(rules.All(rule => rule.Level > level), path, $"is not needed: rules of the paranoia level {rules.Min(rule => rule.Level)} do not run at {level}");
        }

        return warnings.All;
    }

    private static void Levels(NetworkProblems problems, WafSpec spec)
    {
        problems.AddIf(spec.Paranoia is < 1 or > 4, "paranoia", $"{spec.Paranoia} is not a paranoia level; use 1 to 4");
        problems.AddIf(spec.DetectionParanoia is < 1 or > 4, "detectionParanoia", $"{spec.DetectionParanoia} is not a paranoia level; use 1 to 4");
        problems.AddIf(spec.DetectionParanoia < spec.Paranoia, "detectionParanoia", $"{spec.DetectionParanoia} is below {spec.Paranoia}: rules that do not run cannot refuse anything; use {spec.Paranoia} to 4");
        problems.AddIf(spec.InboundThreshold is < 1 or > HighestThreshold, "inboundThreshold", $"{spec.InboundThreshold} is out of range; use 1 to {HighestThreshold}, {Critical} refuses a request for one critical finding");
        problems.AddIf(spec.OutboundThreshold is < 1 or > HighestThreshold, "outboundThreshold", $"{spec.OutboundThreshold} is out of range; use 1 to {HighestThreshold}, 4 refuses a response for one finding");
        problems.AddIf(spec.Slot is < 0 or >= RuleIdRange.Slots, "slot", $"{spec.Slot} is out of range; use 0 to {RuleIdRange.Slots - 1}");
    }

    private static void Lists(NetworkProblems problems, WafSpec spec)
    {
        problems.AddIf(spec.Methods.IsEmpty, "methods", "is empty; nothing could be asked");
        Each(problems, "methods", spec.Methods, Method(), "is not a method; use capital letters, e.g. PUT");
        problems.AddIf(spec.ContentTypes.IsEmpty, "contentTypes", "is empty; leave the key out for the usual ones");
        Each(problems, "contentTypes", spec.ContentTypes, MediaType(), "is not a media type in lower-case letters, e.g. application/json");
        Each(problems, "responseTypes", spec.ResponseTypes, MediaType(), "is not a media type in lower-case letters, e.g. application/json");
        Each(problems, "urlExtensions", spec.UrlExtensions, Extension(), "is not an extension with its dot in lower-case letters, e.g. .config");
        Each(problems, "uploads.extensions", spec.Uploads.Extensions, Extension(), "is not an extension with its dot in lower-case letters, e.g. .pdf");
        var restricted = CrsCatalogue.Settings["restricted_extensions"].Split(' ');
        for (var i = 0; i < spec.UrlExtensions.Length; i++)
        {
            problems.AddIf(!restricted.Contains(spec.UrlExtensions[i] + "/"), $"urlExtensions[{i}]", $"'{spec.UrlExtensions[i]}' is not forbidden; leave it out");
        }
    }

    private static void Limits(NetworkProblems problems, WafSpec spec)
    {
        // The engine itself stops at 1000 arguments (SecArgumentsLimit).
        problems.AddIf(spec.Arguments.Count is < 1 or >= WafEngineRenderer.MostArguments, "arguments.count", $"{spec.Arguments.Count} is out of range; use 1 to {WafEngineRenderer.MostArguments - 1}");
        problems.AddIf(spec.Arguments.NameBytes < 1, "arguments.nameBytes", $"{spec.Arguments.NameBytes} is out of range; use at least 1");
        problems.AddIf(spec.Arguments.ValueBytes < 1, "arguments.valueBytes", $"{spec.Arguments.ValueBytes} is out of range; use at least 1");
        problems.AddIf(spec.Arguments.TotalBytes < 1, "arguments.totalBytes", $"{spec.Arguments.TotalBytes} is out of range; use at least 1");
        problems.AddIf(spec.Uploads.Count < 0, "uploads.count", $"{spec.Uploads.Count} files are fewer than none");
        problems.AddIf(spec.Uploads.TotalBytes < 1, "uploads.totalBytes", $"{spec.Uploads.TotalBytes} is out of range; use at least 1");
    }

    private static void Paths(NetworkProblems problems, WafSpec spec)
    {
        problems.Unique("paths", "path", spec.Paths.Select(path => path.Path));
        for (var i = 0; i < spec.Paths.Length; i++)
        {
            var (path, found) = ($"paths[{i}]", spec.Paths[i]);
            Path(problems, $"{path}.path", found.Path);
            problems.AddIf(found.Methods.IsEmpty && found.ContentTypes.IsEmpty, path, "allows nothing less than the service; give it methods or contentTypes");
            Within(problems, $"{path}.methods", found.Methods, spec.Methods, "a method");
            Within(problems, $"{path}.contentTypes", found.ContentTypes, spec.ContentTypes, "a media type");
        }
    }

    private static void Parameters(NetworkProblems problems, WafSpec spec)
    {
        for (var i = 0; i < spec.Parameters.Length; i++)
        {
            var (path, found) = ($"parameters[{i}]", spec.Parameters[i]);
            problems.AddIf(!Argument().IsMatch(found.Name), $"{path}.name", $"'{found.Name}' is not the name of an argument; use letters, digits and ._-, a field of a JSON body is json.field");
            Path(problems, $"{path}.path", found.Path);
            if (WafPattern.Problem(found.Pattern) is { } problem)
            {
                problems.Add($"{path}.pattern", $"'{found.Pattern}' is not a regular expression: {problem}");
            }
        }
    }

    private static void Exclusion(NetworkProblems problems, string path, WafExclusion exclusion)
    {
        problems.AddIf(exclusion.Rule is null == exclusion.Tag is null, path, "names a rule or a tag, and not both");
        problems.AddIf(string.IsNullOrWhiteSpace(exclusion.Reason), $"{path}.reason", "is missing; say why the rule is wrong here, somebody will ask");
        problems.AddIf(exclusion.Reason?.Any(char.IsControl) == true, $"{path}.reason", "has line breaks or control characters; use one line");
        if (exclusion.Rule is { } id)
        {
            Rule(problems, $"{path}.rule", id);
        }

        if (exclusion.Tag is { } tag)
        {
            problems.AddIf(TagsOfAll.Contains(tag) || tag.StartsWith("paranoia-level/", StringComparison.Ordinal), $"{path}.tag", $"'{tag}' is every rule's; name what is meant, e.g. attack-sqli");
            problems.AddIf(!TagsOfAll.Contains(tag) && !tag.StartsWith("paranoia-level/", StringComparison.Ordinal) && CrsCatalogue.WithTag(tag).IsEmpty, $"{path}.tag", $"no rule of CRS 3.3.4 has the tag '{tag}'{Meant(tag)}");
        }

        Path(problems, $"{path}.path", exclusion.Path);
        if (exclusion.Target is { } target)
        {
            var parts = target.Split(':', 2);
            var known = parts.Length == 1 ? Named.Contains(target) || Whole.Contains(target) : Named.Contains(parts[0]) && Argument().IsMatch(parts[1]);
            problems.AddIf(!known && target is not "XML:/*", $"{path}.target", $"'{target}' is nothing that a rule can leave out; use COLLECTION:NAME, e.g. ARGS:text, with {string.Join(", ", Named)}, or one of {string.Join(", ", Whole)}");
        }
    }

    private static void Rule(NetworkProblems problems, string path, int id)
    {
        if (CrsCatalogue.Rules.TryGetValue(id, out var rule))
        {
            var evaluation = id / 1000 is 949 or 959 or 980;
            problems.AddIf(evaluation, path, $"{id} adds up what the others found and refuses; without it nothing is. Exclude the rule that found something");
            problems.AddIf(!evaluation && rule.Level == 0, path, $"{id} is no rule that looks for attacks, but one that makes CRS work, or it is not loaded");
            return;
        }

        var nearest = CrsCatalogue.Rules.Values.Where(found => found.Level > 0).MinBy(found => Math.Abs(found.Id - id))!.Id;
        problems.Add(path, $"CRS 3.3.4 has no rule {id}; the nearest is {nearest}");
    }

    private static void RateLimit(NetworkProblems problems, string path, WafRateLimit limit)
    {
        Path(problems, $"{path}.path", limit.Path);
        Each(problems, $"{path}.methods", limit.Methods, Method(), "is not a method; use capital letters, e.g. PUT");
        problems.AddIf(limit.Requests is < 1 or > 100_000, $"{path}.requests", $"{limit.Requests} is out of range; use 1 to 100000");
        problems.AddIf(limit.Per != TimeSpan.FromSeconds(1) && limit.Per != TimeSpan.FromMinutes(1), $"{path}.per", $"{limit.Per} is not a unit that nginx counts in; use one second or one minute");
        problems.AddIf(limit.Burst is < 0 or > 100_000, $"{path}.burst", $"{limit.Burst} is out of range; use 0 to 100000");
    }

    private static void Path(NetworkProblems problems, string path, string? written) =>
        problems.AddIf(written is not null && !WafPath.IsValid(written), path, $"'{written}' is not a path: {WafPath.Rule}");

    private static void Each(NetworkProblems problems, string path, ImmutableArray<string> values, Regex pattern, string message)
    {
        for (var i = 0; i < values.Length; i++)
        {
            problems.AddIf(!pattern.IsMatch(values[i]), $"{path}[{i}]", $"'{values[i]}' {message}");
        }
    }

    private static void Within(NetworkProblems problems, string path, ImmutableArray<string> values, ImmutableArray<string> all, string what)
    {
        for (var i = 0; i < values.Length; i++)
        {
            problems.AddIf(!all.Contains(values[i], StringComparer.Ordinal), $"{path}[{i}]", $"'{values[i]}' is not {what} of the service; add it there or leave it out here");
        }
    }

    private static string Meant(string tag)
    {
        var nearest = CrsCatalogue.Tags().FirstOrDefault(found => found.Contains(tag, StringComparison.OrdinalIgnoreCase) || tag.Contains(found, StringComparison.OrdinalIgnoreCase));
        return nearest is null ? "; there are attack-sqli, attack-xss, attack-rce, attack-lfi and others" : $"; did you mean {nearest}?";
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,62}\z")]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/-]{0,252}\z")]
    private static partial Regex TeamName();

    [GeneratedRegex(@"\A[A-Z]{1,20}\z")]
    private static partial Regex Method();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*\z")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"\A\.[a-z0-9]{1,10}\z")]
    private static partial Regex Extension();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,100}\z")]
    private static partial Regex Argument();
}
