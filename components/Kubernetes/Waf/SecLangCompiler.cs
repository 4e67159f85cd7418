using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// Compiles what a service says to SecLang. The same service gives the same text, byte by byte, in whatever order it lists methods, types and
/// rules; ids are of the service's <see cref="RuleIdRange"/>. The engine reads the text before CRS' rules: settings and exclusions are in effect
/// when these begin.
/// </summary>
public sealed class SecLangCompiler
{
    // Ids below are those of the service's settings and of what holds for all of its paths; the rest follow in order.
    private const int FirstOfMany = 10;

    private readonly WafService _service;
    private readonly WafSpec _spec;
    private readonly RuleIdRange _range;
    private readonly StringBuilder _text = new();
    private int _next;

    private SecLangCompiler(WafService service)
    {
        (_service, _spec, _range) = (service, service.Spec, RuleIdRange.Of(service));
        _next = FirstOfMany;
    }

    /// <summary>Rules with an id of their own that a service may have.</summary>
    internal static int MostRules => RuleIdRange.Size - FirstOfMany;

    /// <summary>Compiles the rules of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The text of its file.</returns>
    /// <exception cref="InvalidSpecException">Something is wrong with it.</exception>
    public static string Compile(WafService service)
    {
        InvalidSpecException.ThrowIfAny($"WAF of the service '{service.Name}'", WafValidator.Validate(service));
        return new SecLangCompiler(service).Write();
    }

    /// <summary>Rules with an id of their own that a service needs, besides those that every service has.</summary>
    internal static int RulesOf(WafSpec spec) =>
        spec.Paths.Sum(path => (path.Methods.IsEmpty ? 0 : 1) + (path.ContentTypes.IsEmpty ? 0 : 1)) + spec.Parameters.Length + spec.Exclusions.Length;

    private string Write()
    {
        Line($"# Written by AppStack: changes are overwritten. The service {_service.Name} of the team {_service.Team}; rules {_range.First} to {_range.Last}.");
        // It stands in each audit event beside CRS' own version: that is how an event says whose it is.
        Line($"SecComponentSignature \"service={_service.Name} team={_service.Team}\"");
        Line($"SecRuleEngine {_spec.Mode switch { WafMode.Off => "Off", WafMode.Detect => "DetectionOnly", _ => "On" }}");
        if (_spec.Mode == WafMode.Off)
        {
            return _text.ToString();
        }

        Line($"SecRequestBodyLimit {_service.BodyBytes.ToString(CultureInfo.InvariantCulture)}");
        if (_spec.ResponseTypes.IsEmpty)
        {
            Line("SecResponseBodyAccess Off");
        }
        else
        {
            Line("SecResponseBodyAccess On");
            Line($"SecResponseBodyMimeType {string.Join(' ', Sorted(_spec.ResponseTypes))}");
        }

        Settings();
        WholeService();
        foreach (var path in _spec.Paths.OrderBy(path => path.Path, StringComparer.Ordinal))
        {
            OnPath(path);
        }

        foreach (var parameter in _spec.Parameters.OrderBy(found => found.Name, StringComparer.Ordinal).ThenBy(found => found.Path, StringComparer.Ordinal).ThenBy(found => found.Pattern, StringComparer.Ordinal))
        {
            Parameter(parameter);
        }

        foreach (var exclusion in _spec.Exclusions.OrderBy(found => found.Path, StringComparer.Ordinal)
            .ThenBy(found => found.Rule ?? 0).ThenBy(found => found.Tag, StringComparer.Ordinal).ThenBy(found => found.Target, StringComparer.Ordinal).ThenBy(found => found.Reason, StringComparer.Ordinal))
        {
            Exclusion(exclusion);
        }

        return _text.ToString();
    }

    // All of them, although most are CRS' defaults: its own rules for that are not loaded.
    private void Settings()
    {
        var settings = CrsCatalogue.Settings.ToDictionary(found => found.Key, found => found.Value, StringComparer.Ordinal);
        foreach (var unread in CrsCatalogue.UnreadSettings)
        {
            settings.Remove(unread);
        }

        settings["crs_setup_version"] = Text(CrsCatalogue.SetupVersion);
        settings["paranoia_level"] = Text(_spec.Paranoia);
        settings["executing_paranoia_level"] = Text(_spec.DetectionParanoia ?? _spec.Paranoia);
        settings["inbound_anomaly_score_threshold"] = Text(_spec.InboundThreshold);
        settings["outbound_anomaly_score_threshold"] = Text(_spec.OutboundThreshold);
        settings["allowed_methods"] = string.Join(' ', Sorted(_spec.Methods));
        settings["allowed_request_content_type"] = SecLangText.Barred(Sorted(_spec.ContentTypes));
        settings["restricted_extensions"] = string.Join(' ', settings["restricted_extensions"].Split(' ').Except(_spec.UrlExtensions.Select(extension => extension + "/"), StringComparer.OrdinalIgnoreCase));
        Limit("max_num_args", _spec.Arguments.Count);
        Limit("arg_name_length", _spec.Arguments.NameBytes);
        Limit("arg_length", _spec.Arguments.ValueBytes);
        Limit("total_arg_length", _spec.Arguments.TotalBytes);
        Line("");
        Line("# CRS' settings.");
        var values = settings.OrderBy(found => found.Key, StringComparer.Ordinal).Select(found => $"setvar:'tx.{found.Key}={found.Value}'");
        Line($"SecAction \"id:{_range.First},phase:1,pass,t:none,nolog,{string.Join(',', values)}\"");

        void Limit(string name, int? most)
        {
            if (most is { } limit)
            {
                settings[name] = Text(limit);
            }
        }
    }

    private void WholeService()
    {
        Line("");
        Line("# What holds for the whole service.");
        Rule("REQUEST_METHOD", Methods(_spec.Methods), _range.First + 1, 1, 405, "The service does not answer this method");
        Rule("REQUEST_HEADERS:Content-Type", Types(_spec.ContentTypes), _range.First + 2, 1, 415, "The service does not read this media type");
        if (_spec.Uploads.Count is { } count)
        {
            Rule("&FILES", $"@gt {count}", _range.First + 3, 2, 413, "More files than the service takes");
        }

        if (_spec.Uploads.TotalBytes is { } bytes)
        {
            Rule("FILES_COMBINED_SIZE", $"@gt {bytes.ToString(CultureInfo.InvariantCulture)}", _range.First + 4, 2, 413, "Files are larger than the service takes");
        }

        if (!_spec.Uploads.Extensions.IsEmpty)
        {
            Rule("FILES", $@"!@rx (?i)(?:{SecLangText.AnyOf(Sorted(_spec.Uploads.Extensions))})\z", _range.First + 5, 2, 415, "The service does not take files of this kind");
        }
    }

    private void OnPath(WafPathRule path)
    {
        Line("");
        Line($"# On {path.Path}.");
        if (!path.Methods.IsEmpty)
        {
            Rule("REQUEST_METHOD", Methods(path.Methods), _range.First + _next++, 1, 405, "The path does not answer this method", path.Path);
        }

        if (!path.ContentTypes.IsEmpty)
        {
            Rule("REQUEST_HEADERS:Content-Type", Types(path.ContentTypes), _range.First + _next++, 1, 415, "The path does not read this media type", path.Path);
        }
    }

    private void Parameter(WafParameter parameter)
    {
        Line("");
        Line($"# How {parameter.Name} is written.");
        Rule($"ARGS:{parameter.Name}", $@"!@rx \A(?:{parameter.Pattern})\z", _range.First + _next++, 2, 400, "An argument is not written as it must be", parameter.Path);
    }

    private void Exclusion(WafExclusion exclusion)
    {
        Line("");
        Line(SecLangText.Comment(exclusion.Reason));
        // By id, also where a tag is meant: the engine (3.0.9) evaluates all tags of all rules for each value it compares a tag for.
        var rules = exclusion.Rule is { } id ? [id] : CrsCatalogue.WithTag(exclusion.Tag!).Select(rule => rule.Id);
        var actions = string.Join(',', rules.Select(rule => exclusion.Target is { } target ? $"ctl:ruleRemoveTargetById={rule};{target}" : $"ctl:ruleRemoveById={rule}"));
        var common = $"id:{_range.First + _next++},phase:1,pass,t:none";
        // Normalised as nginx does before it chooses where a request goes: /a/../b is not /a/.
        Line(exclusion.Path is { } path
            ? $"SecRule REQUEST_FILENAME \"{On(path)}\" \"{common},t:normalizePath,nolog,{actions}\""
            : $"SecAction \"{common},nolog,{actions}\"");
    }

    private void Rule(string variable, string condition, int id, int phase, int status, string message, string? path = null)
    {
        // Which argument it was, and not its value: it may be anybody's personal data.
        var actions = $"id:{id},phase:{phase},deny,status:{status},t:none,log,auditlog,msg:'{message}',logdata:'%{{MATCHED_VAR_NAME}}',tag:'service-rule',severity:'WARNING'";
        if (path is null)
        {
            Line($"SecRule {variable} \"{SecLangText.Operator(condition)}\" \"{actions}\"");
            return;
        }

        Line($"SecRule REQUEST_FILENAME \"{On(path)}\" \"{actions},t:normalizePath,chain\"");
        Line($"    SecRule {variable} \"{SecLangText.Operator(condition)}\" \"t:none\"");
    }

    private static string On(string path) => $"{(WafPath.IsPrefix(path) ? "@beginsWith" : "@streq")} {WafPath.Start(path)}";

    private static string Methods(ImmutableArray<string> methods) => $@"!@rx \A(?:{SecLangText.AnyOf(Sorted(methods))})\z";

    // Parameters (; charset=...) may follow.
    private static string Types(ImmutableArray<string> types) => $@"!@rx (?i)\A(?:{SecLangText.AnyOf(Sorted(types))})\s*(?:;|\z)";

    private static ImmutableArray<string> Sorted(ImmutableArray<string> values) => [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Line(string line) => _text.Append(line).Append('\n');
}
