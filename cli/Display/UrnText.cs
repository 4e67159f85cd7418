namespace AppStack.Cli.Display;

/// <summary>What people read of a URN and of a type token.</summary>
internal static class UrnText
{
    /// <summary>The resource's name: everything after the third delimiter, so that names may hold delimiters of their own.</summary>
    public static string Name(string urn)
    {
        var at = 0;
        for (var i = 0; i < 4; i++)
        {
            var next = urn.IndexOf("::", at, StringComparison.Ordinal);
            if (next < 0)
            {
                return urn;
            }

            at = next + 2;
            if (i == 2)
            {
                return urn[at..];
            }
        }

        return urn;
    }

    /// <summary>The resource's own type, without those of its parents.</summary>
    public static string Type(string urn)
    {
        var parts = urn.Split("::", 4);
        return parts.Length < 4 ? "" : ShortType(parts[2][(parts[2].LastIndexOf('$') + 1)..]);
    }

    /// <summary>A type token without the file of its module: <c>random:index/randomId:RandomId</c> is <c>random:index:RandomId</c>.</summary>
    public static string ShortType(string type)
    {
        var parts = type.Split(':');
        if (parts.Length != 3)
        {
            return type;
        }

        var slash = parts[1].IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? type : $"{parts[0]}:{parts[1][..slash]}:{parts[2]}";
    }

    /// <summary>Whether this is the stack itself.</summary>
    public static bool IsStack(string urn) => Type(urn) == "pulumi:pulumi:Stack";
}
