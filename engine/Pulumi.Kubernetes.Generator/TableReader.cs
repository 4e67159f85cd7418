namespace Pulumi.Kubernetes.Generator;

/// <summary>Reads a table; its form is described in Table/README.md of the bindings.</summary>
internal static class TableReader
{
    /// <summary>Reads one file.</summary>
    /// <exception cref="FormatException">A line is not understood.</exception>
    public static ApiGroup Read(string path, string content)
    {
        ApiGroup? group = null;
        ApiType? type = null;
        var number = 0;
        foreach (var raw in content.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd();
            var words = line.Trim().Split(' ');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.StartsWith("  ", StringComparison.Ordinal) && type is not null && group is not null && words.Length == 2)
            {
                type.Fields.Add(Field(words[0], words[1], type, group.Namespace));
            }
            else if (words[0] == "group" && words.Length == 4)
            {
                group = new ApiGroup(words[1], words[2], words[3]);
            }
            else if (words[0] is "kind" or "type" && words.Length >= 2 && group is not null)
            {
                type = Type(words);
                group.Types.Add(type);
            }
            else
            {
                throw new FormatException($"{path}({number}): '{line}' is neither a group, a kind, a type nor a field of one.");
            }
        }

        return group ?? throw new FormatException($"{path}: the table has no line 'group'.");
    }

    private static ApiType Type(string[] words)
    {
        var secrets = words.FirstOrDefault(static word => word.StartsWith("secret=", StringComparison.Ordinal))?.Substring("secret=".Length).Split(',') ?? [];
        var type = words[0] == "kind"
            ? new ApiType(words[1], isKind: true, hasInput: true, hasOutput: words.Contains("nested"), secrets)
            : new ApiType(words[1], isKind: false, hasInput: !words.Contains("out"), hasOutput: !words.Contains("in"), secrets);
        if (type.IsKind)
        {
            foreach (var name in new[] { "apiVersion", "kind" })
            {
                type.Fields.Add(new ApiField(name, Capital(name), new FieldType("string", ""), isRequired: false, hasInput: true, hasOutput: true));
            }
        }

        return type;
    }

    private static ApiField Field(string name, string type, ApiType owner, string group)
    {
        var direction = name[0] is '<' or '>' ? name[0] : ' ';
        var names = name.TrimStart('<', '>').Split('=');
        return new ApiField(
            names[0],
            names.Length > 1 ? names[1] : Capital(names[0]),
            new FieldType(type.TrimEnd('!'), group),
            isRequired: type.EndsWith("!", StringComparison.Ordinal),
            hasInput: direction != '>' && owner.HasInput,
            hasOutput: direction != '<');
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
