using AppStack.Components.Lab;
using AppStack.Stacks.Environments;

namespace AppStack.Stacks.Services;

/// <summary>Which images the nodes of a lab's cluster have without a registry: those that they were made with.</summary>
internal static class LabImageStore
{
    /// <summary>What is wrong with an image; <see langword="null"/>: every worker has it, or there are no workers yet.</summary>
    /// <param name="lab">The lab's name.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="image">The image's reference.</param>
    public static string? Problem(string lab, ClusterSpec cluster, string image)
    {
        var without = cluster.Workers.Where(node => Images(lab, node.Name) is { } images && !images.Contains(image, StringComparer.Ordinal)).Select(node => node.Name).ToList();
        return without.Count == 0 ? null : $"there is no image '{image}': a lab's nodes reach no registry but the platform's own, and {string.Join(", ", without)} {(without.Count == 1 ? "was" : "were")} not made with it";
    }

    private static string[]? Images(string lab, string machine)
    {
        try
        {
            return File.ReadAllLines(LabPaths.For(lab).ImageListFile(machine));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
