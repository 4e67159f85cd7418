using System.Collections.Immutable;

namespace AppStack.Engine.Projects;

/// <summary>What <c>Pulumi.yaml</c> says about one configuration value.</summary>
/// <param name="Key">The key, <c>namespace:key</c>.</param>
/// <param name="Name">The key as the project writes it, which may be without namespace.</param>
/// <param name="Type">Its type; <see langword="null"/> when the project does not say.</param>
/// <param name="Secret">Whether stacks have to encrypt it.</param>
/// <param name="Required">Whether stacks have to set it: it is the project's own and has no value here.</param>
public sealed record ConfigDeclaration(string Key, string Name, ConfigType? Type, bool Secret, bool Required)
{
    /// <summary>All that is wrong with a stack's configuration.</summary>
    /// <param name="declarations">What the project says.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="config">The stack's configuration, the project's own values included.</param>
    /// <param name="decrypt">Opens a secret of a key.</param>
    internal static ImmutableArray<string> Problems(
        ImmutableArray<ConfigDeclaration> declarations, string stack, ImmutableSortedDictionary<string, ConfigNode> config, Func<string, string, string> decrypt)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var declaration in declarations)
        {
            if (!config.TryGetValue(declaration.Key, out var node))
            {
                if (declaration.Required)
                {
                    problems.Add($"The stack '{stack}' has no value for '{declaration.Name}', which the project declares. Set it: `appstack config set {stack} {declaration.Name} VALUE`.");
                }
            }
            else if (declaration.Type is not { } type)
            {
                continue;
            }
            else if (declaration.Secret && node is not ConfigNode.Secure)
            {
                problems.Add($"The project declares '{declaration.Name}' as secret, but it is in clear for '{stack}'. Encrypt it: `appstack config set {stack} {declaration.Name} VALUE --secret`.");
            }
            else if (!type.Accepts(node, isText: true, ciphertext => decrypt(ciphertext, declaration.Key)))
            {
                problems.Add($"The value of '{declaration.Name}' for the stack '{stack}' must be of the type {type}, which the project declares.");
            }
        }

        return problems.ToImmutable();
    }
}
