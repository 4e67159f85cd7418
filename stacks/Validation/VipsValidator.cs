using System.Net;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Virtual addresses lie in the announced prefixes and are used once.</summary>
internal sealed class VipsValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        if (context.Environment.Edge is not { } edge)
        {
            return;
        }

        var vips = EnvironmentValidation.Each("edge.vips", edge.Vips).ToList();
        context.ReportTwice("virtual address", vips.SelectMany(found => new[]
        {
            ($"{found.Path}.v4", found.Item.V4?.ToString()),
            ($"{found.Path}.v6", found.Item.V6?.ToString()),
        }));
        foreach (var (path, vip) in vips)
        {
            CheckAddress(context, $"{path}.v4", vip.V4, edge.Announce?.V4, v4: true);
            CheckAddress(context, $"{path}.v6", vip.V6, edge.Announce?.V6, v4: false);
            if (vip.V6 is not null && edge.Announce is { V6: null, V4: not null })
            {
                context.Problems.Add($"{path}.v6", "an IPv6 address, but no IPv6 prefix is announced", "edge.announce.v6, or no IPv6 address");
            }
        }
    }

    private static void CheckAddress(EnvironmentValidation context, string path, IPAddress? address, IPNetwork? announced, bool v4)
    {
        if (address is null)
        {
            return;
        }

        if (address.IsV4() != v4)
        {
            context.Problems.Add(path, $"{address} is an IPv{(v4 ? 6 : 4)} address", $"an IPv{(v4 ? 4 : 6)} address");
        }
        else if (announced is { } prefix && !prefix.Contains(address))
        {
            context.Problems.Add(path, $"{address} lies outside the announced prefix {prefix}; routers would not accept it", $"an address in {prefix}");
        }
    }
}
